;; A branch to the function's label is a return; a conditional one jumps round it.
(module
  (func (param i64 i64) (result i64)
    local.get 0
    local.get 1
    i64.eqz
    br_if 0
    drop
    i64.const 9))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 1e 00 00 00               jb +0x35
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 1
;;   i64.eqz
;;   br_if 0
;;     | 0020  4d 85 c9                        test r9, r9
;;     | 0023  0f 85 05 00 00 00               jne +0x2e
;;     | 0029  4c 89 d0                        mov rax, r10
;;     | 002c  c9                              leave
;;     | 002d  c3                              ret
;;   drop
;;   i64.const 9
;;   end
;;     | 002e  b8 09 00 00 00                  mov eax, 9
;;     | 0033  c9                              leave
;;     | 0034  c3                              ret
;;   behind the function
;;     | 0035  0f 0b                           ud2
