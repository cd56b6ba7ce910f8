;; Without BMI2 every variable shift wants rcx.
;; Processor: required
(module
  (func (param i64 i64) (result i64)
    local.get 0
    local.get 1
    i64.shl))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 17 00 00 00               jb +0x2e
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 1
;;   i64.shl
;;     | 0020  4c 89 c9                        mov rcx, r9
;;     | 0023  4c 89 d7                        mov rdi, r10
;;     | 0026  48 d3 e7                        shl rdi, cl
;;   end
;;     | 0029  48 89 f8                        mov rax, rdi
;;     | 002c  c9                              leave
;;     | 002d  c3                              ret
;;   behind the function
;;     | 002e  0f 0b                           ud2
