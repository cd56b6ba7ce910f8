;; select is a conditional move behind the comparison.
(module
  (func (param i32 i32) (result i32)
    local.get 0
    local.get 1
    local.get 0
    local.get 1
    i32.gt_s
    select))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 18 00 00 00               jb +0x2f
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 1
;;   local.get 0
;;   local.get 1
;;   i32.gt_s
;;   select
;;     | 0020  45 39 ca                        cmp r10d, r9d
;;     | 0023  44 89 d7                        mov edi, r10d
;;     | 0026  41 0f 4e f9                     cmovle edi, r9d
;;   end
;;     | 002a  48 89 f8                        mov rax, rdi
;;     | 002d  c9                              leave
;;     | 002e  c3                              ret
;;   behind the function
;;     | 002f  0f 0b                           ud2
