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
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 17 00 00 00               jb 0x2e
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  49 89 f4                        mov r12, rsi
;;   local.get 0
;;   local.get 1
;;   local.get 0
;;   local.get 1
;;   i32.gt_s
;;   select
;;     | 0020  44 39 e3                        cmp ebx, r12d
;;     | 0023  89 df                           mov edi, ebx
;;     | 0025  41 0f 4e fc                     cmovle edi, r12d
;;   end
;;     | 0029  48 89 f8                        mov rax, rdi
;;     | 002c  c9                              leave
;;     | 002d  c3                              ret
;;   behind the function
;;     | 002e  0f 0b                           ud2
